/** The smooth stand-in for a denoiser with which the reference values were made (`dummy` in tools/cases.py). */
export function standIn(input: Float32Array, timestep: number): Float32Array {
  return input.map((x) => Math.tanh(x * 0.7 + 0.1) * (0.3 + timestep / 1500) + 0.05 * Math.cos(3 * x));
}

/**
 * Whose random numbers a seed stands for: PyTorch's generator on the CPU (Mersenne Twister; diffusers' examples, ComfyUI), or on an NVIDIA
 * GPU (Philox; AUTOMATIC1111 and its kin unless told otherwise).
 */
export const noiseSources = ['torch-cpu', 'nvidia'] as const;
export type NoiseSource = (typeof noiseSources)[number];

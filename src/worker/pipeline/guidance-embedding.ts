/**
 * Guidance as an LCM's UNet takes it: sines and cosines of 1000·(scale − 1). Length `dim`. Source: `get_guidance_scale_embedding` of
 * diffusers' StableDiffusionPipeline.
 */
export function guidanceEmbedding(guidanceScale: number, dim: number): Float32Array {
  const half = Math.floor(dim / 2);
  const weight = (guidanceScale - 1) * 1000;
  const embedding = new Float32Array(dim);
  for (let i = 0; i < half; i++) {
    const angle = weight * Math.exp((-Math.log(10000) * i) / (half - 1));
    embedding[i] = Math.sin(angle);
    embedding[half + i] = Math.cos(angle);
  }
  return embedding;
}

/** `<lora:name:0.8>`, `<lyco:…>` and `<hypernet:…>` in prompts: extra networks of AUTOMATIC1111's web UI. */
const tag = /<(?:lora|lyco|hypernet|lokr|loha):([^:>]+)[^>]*>/gi;

export const tagNames = (prompt: string): readonly string[] =>
  [...prompt.matchAll(tag)].map(([, name]) => name!);

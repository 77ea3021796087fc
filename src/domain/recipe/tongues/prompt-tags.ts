/** Extra networks in prompts of AUTOMATIC1111's web UI: `<lora:name:0.8>`, `<lyco:…>` and their kin, and `<hypernet:…>`. */
const loras = /<(?:lora|lyco|lokr|loha):([^:>]+)[^>]*>/gi;
const hypernetworks = /<hypernet:([^:>]+)[^>]*>/gi;

const namesOf = (prompt: string, tag: RegExp) => [...prompt.matchAll(tag)].map(([, name]) => name!);

export const loraNames = (prompt: string): readonly string[] => namesOf(prompt, loras);
export const hypernetworkNames = (prompt: string): readonly string[] => namesOf(prompt, hypernetworks);

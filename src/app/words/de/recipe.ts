import type { ToldField } from '../../../domain/recipe/told.ts';
import type { RecipeFact } from '../recipe-facts.ts';

const fields: Readonly<Record<ToldField, string>> = {
  prompt: 'Prompt',
  negativePrompt: 'Negativer Prompt',
  steps: 'Schritte',
  guidanceScale: 'Prompt-Treue',
  seed: 'Seed',
  width: 'Größe',
  height: 'Höhe',
  sampler: 'Sampler',
  schedule: 'Rauschplan',
  noise: 'Rauschen',
  variation: 'Variation',
  speed: 'Tempo',
  vae: 'VAE',
  hires: 'Hires. fix',
  clipSkip: 'Clip skip',
};

const list = (names: readonly string[]) => names.join(', ');

/** Ein Satz über ein Rezept, das wiederhergestellt wurde. */
export function recipeWords(fact: RecipeFact): string {
  switch (fact.kind) {
    case 'tool':
      return `Gemacht mit ${fact.tool}.`;
    case 'read':
      return `Gelesen: ${list(fact.fields.map((field) => fields[field]))}. Alles andere steht auf Vorgabe.`;
    case 'schedule-used':
      return `Rauschplan: ${fact.schedule}.`;
    case 'gpu-noise':
      return 'Rauschen: NVIDIA-GPU, wie es zum Seed des Bildes gehört.';
    case 'unreadable':
      return `${fields[fact.field]}: nicht lesbar („${fact.said}“), steht auf Vorgabe.`;
    case 'sampler-missing':
      return `Den Sampler ${fact.said} gibt es hier nicht; stattdessen wird ${fact.used} genommen.${fact.nearest ? ` Am nächsten kommt hier ${fact.nearest}.` : ''}`;
    case 'seed-kept':
      return fact.gpu
        ? `Vom Seed ${fact.said} bleiben nur die unteren 32 Bit, ${fact.kept}: GPU-Rauschen nimmt alle 64, das Bild wird also anders.`
        : `Vom Seed ${fact.said} bleiben die unteren 32 Bit, ${fact.kept}; mehr nimmt sein Rauschen nicht.`;
    case 'second-pass':
      return `${fact.how}: ohne den zweiten Durchgang gezeichnet.`;
    case 'lora':
      return `LoRA ${list(fact.names)}: ohne gezeichnet, wenn kein Tag wie <lora:name:1> im Prompt sie aufruft.`;
    case 'style':
      return `Stile ${list(fact.names)}: nicht angewandt.`;
    case 'embedding':
      return `Embeddings ${list(fact.names)}: ohne gezeichnet, wenn sie nicht in diesem Browser sind.`;
    case 'part':
      return `${list(fact.names)}: nicht wiederholt.`;
    case 'control-net':
      return 'ControlNet wird nicht angewandt.';
    case 'regions':
      return 'Prompts für Teile des Bildes gelten für das ganze.';
    case 'refiner':
      return 'Das Refiner-Modell wird nicht benutzt.';
    case 'inpainting':
      return 'Die Maske ist nicht dabei: Das ganze Bild wird gezeichnet.';
    case 'variation':
      return 'Die Variation des Seeds wird nicht wiederholt.';
    case 'noise-offset':
      return `Der Rausch-Versatz ENSD ${fact.delta} wird nicht angewandt.`;
    case 'schedule':
      return `Den Rauschplan ${fact.said} gibt es für diesen Sampler nicht; sein eigener wird genommen.`;
    case 'noise':
      return `Die Seed-Art ${fact.said} gibt es hier nicht: Derselbe Seed zeichnet ein anderes Bild.`;
    case 'emphasis':
      return `${fact.tool} gewichtet Wörter mit anderen Zeichen; sie bleiben, wie sie geschrieben wurden.`;
    case 'several':
      return 'Sein Graph zeichnet mehrere Bilder; diese Einstellungen können die eines anderen sein.';
    case 'prompt-only':
      return 'Es sagt nur, worum mit Worten gebeten wurde.';
  }
}

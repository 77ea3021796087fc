/** Of models that this app knows: what their cards say in English. */
export const descriptions: Readonly<Record<string, string>> = {
  'A small model for a first impression, at 256 × 256: about 100 subjects in some 15 places, by day and night, drawn like simple illustrations.':
    'Ein kleines Modell für den ersten Eindruck, mit 256 × 256: etwa 100 Motive an rund 15 Orten, bei Tag und Nacht, gezeichnet wie einfache Illustrationen.',
  'Stable Diffusion, distilled by Segmind to half its size. Photos and paintings at 512 × 512.':
    'Stable Diffusion, von Segmind auf die halbe Größe destilliert. Fotos und Gemälde mit 512 × 512.',
  'Tiny SD with 4-bit weights: a smaller download and less memory, slightly rougher pictures.':
    'Tiny SD mit 4-Bit-Gewichten: ein kleinerer Download und weniger Arbeitsspeicher, etwas gröbere Bilder.',
  'Tiny SD trained to need four steps: about ten times faster, with less detail.':
    'Tiny SD, darauf trainiert, nur vier Schritte zu brauchen: etwa zehnmal schneller, mit weniger Einzelheiten.',
};

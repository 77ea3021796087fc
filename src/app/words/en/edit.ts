import type { Format } from '../format.ts';

/** Of a mask: 0 … 1 of the picture. */
type Share = number;

export const edit = (f: Format) => ({
  actions: { paint: 'Paint over', widen: 'Widen', enlarge: 'Enlarge', compare: 'Before and after' },
  changing: 'Change the picture',
  made: 'Generate',
  prompt: 'Prompt',
  promptHint: 'What the new part shall show',
  others: 'Steps, sampler and the other settings are those under Advanced.',
  needsPrompt: 'Say what the new part shall show.',
  cannot: 'This model cannot begin from a picture. Choose another one.',
  settings: 'Settings',
  strength: 'Strength',
  strengthHint: 'Low keeps what is there, high follows the prompt.',
  content: 'Begins from',
  contents: { original: 'What is there', fill: 'The colours around it', noise: 'Noise alone' },
  area: 'What is drawn',
  areas: { whole: 'The whole picture', masked: 'Only around what changes, larger' },
  padding: 'Surroundings (pixels)',
  paddingHint: 'So much around it is seen while it is drawn.',
  feather: 'Soft edge (pixels)',
  featherHint: 'Inwards from the edge, the new goes over into the old.',
  outside: (min: number, max: number) => `From ${f.number(min)} to ${f.number(max)}.`,
  compare: {
    title: 'Before and after',
    mode: 'View',
    modes: { side: 'Side by side', slider: 'Slider', difference: 'Difference' },
    divider: 'Divider between the two pictures',
    before: 'Before',
    after: 'After',
    brighten: 'Brighten',
    differs: (share: number, mean: number) =>
      share === 0
        ? 'The two are the same, pixel by pixel.'
        : `${f.percent(share)} of the pixels differ, by ${f.percent(mean)} on average over the whole picture.`,
  },
  paint: {
    title: 'Paint over',
    stage: 'Picture to paint on',
    stageHint:
      'Paint what shall change. Two fingers zoom and move. Without a pointer: “Rectangle by numbers”.',
    tools: 'Tools',
    tool: { brush: 'Brush', eraser: 'Eraser', lasso: 'Lasso', fill: 'Fill' },
    keys: { brush: 'B', eraser: 'E', lasso: 'L', fill: 'G' },
    size: 'Brush size',
    undo: 'Undo',
    redo: 'Redo',
    invert: 'Invert',
    clear: 'Clear',
    opposite: 'Hold Alt to do the opposite.',
    rectangle: 'Rectangle by numbers',
    rectangleHint: (width: number, height: number) => `The picture has ${f.size(width, height)} pixels.`,
    left: 'From the left',
    top: 'From the top',
    width: 'Width',
    height: 'Height',
    add: 'Paint it',
    takeAway: 'Take it away',
    nothing: 'Nothing is painted yet.',
    paintFirst: 'Paint over what shall change first.',
    changes: (share: Share) => `${f.percent(share)} of the picture will change.`,
    /** For those who do not see it. */
    bounds: (left: number, top: number, right: number, bottom: number) =>
      `From ${f.number(left)} to ${f.number(right)} across, ${f.number(top)} to ${f.number(bottom)} down.`,
    sizeNow: (px: number) => `Brush size ${f.number(px)}`,
  },
});

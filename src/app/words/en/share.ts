/** What goes out, and how. */
export const share = {
  title: 'Share',
  inside: 'What is inside',
  origin: 'Origin',
  originNote: 'A note that a machine made it (IPTC: trainedAlgorithmicMedia).',
  recipe: 'Recipe',
  filmRecipe: 'The storyboard: prompts and settings of all scenes, in the comment tag.',
  sendRecipe: 'Send the recipe along',
  sendRecipeHint: 'With it, others can make the same picture and change it.',
  format: 'Format',
  quality: 'Quality',
  fileSize: 'Size of the file',
  nothing: 'Nothing but the film.',
  ways: 'Ways to share',
  shareWith: 'Share …',
  copyImage: 'Copy picture',
  copyLink: 'Copy link',
  linkHint:
    'The link holds the prompt and the settings, not the picture. Whoever opens it can make the same picture on their own device.',
  linkHintWithSource:
    'The link holds the prompt and the settings, not the picture. Whoever opens it can make the same picture on their own device, but for the picture that this one began from.',
  zipFile: 'Zip file',
};

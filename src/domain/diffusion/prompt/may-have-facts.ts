/** Whether a prompt has anything for `promptFacts` to find: cheap, for every key that is pressed. */
export const mayHaveFacts = (prompt: string): boolean =>
  /[()[\]{}<]|__|::|\+\+|--|embedding:|AND|BREAK|:\s*[-+]?[\d.]+\s*$/.test(prompt);

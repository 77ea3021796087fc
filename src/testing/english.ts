/** The page's words as tests read them. */
import { messageWords, type Message } from '../app/words/message.ts';
import { createFormat } from '../app/words/format.ts';
import { createWords, formatWords } from '../app/words/en/words.ts';

export const english = createWords(createFormat('en', formatWords));

/** What a message of the store says in English. */
export const inEnglish = (message: Message): string => messageWords(english, message);

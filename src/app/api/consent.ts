/** Which other origins may use this page: the person is asked, once for each and visit. */
export interface Consent {
  answer(allowed: boolean): void;
  mayConnect(origin: string): Promise<boolean>;
}

interface Question {
  readonly origin: string;
  readonly answer: Promise<boolean>;
  readonly settle: (allowed: boolean) => void;
}

/** `onAsked` is told the origin that the person is now being asked about, null when there is none. */
export function createConsent(onAsked: (origin: string | null) => void): Consent {
  const questions = new Map<string, Question>();
  const open: Question[] = [];
  const changed = () => onAsked(open[0]?.origin ?? null);

  const ask = (origin: string): Question => {
    let settle!: (allowed: boolean) => void;
    const answer = new Promise<boolean>((resolve) => (settle = resolve));
    const question = { origin, answer, settle };
    questions.set(origin, question);
    open.push(question);
    changed();
    return question;
  };
  return {
    answer: (allowed) => {
      open.shift()?.settle(allowed);
      changed();
    },
    mayConnect: (origin) => (questions.get(origin) ?? ask(origin)).answer,
  };
}

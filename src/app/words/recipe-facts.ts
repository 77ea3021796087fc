/** What is said about a recipe that was restored: one sentence a fact. */
import type { ToldField, ToldNote } from '../../domain/recipe/told.ts';

export type RecipeFact =
  | { readonly kind: 'tool'; readonly tool: string }
  | { readonly kind: 'read'; readonly fields: readonly ToldField[] }
  | { readonly kind: 'schedule-used'; readonly schedule: string }
  | { readonly kind: 'gpu-noise' }
  | { readonly kind: 'unreadable'; readonly field: ToldField; readonly said: string }
  | {
      readonly kind: 'sampler-missing';
      readonly said: string;
      readonly used: string;
      /** Null where none is near, or it is the one in use. */
      readonly nearest: string | null;
    }
  /** `gpu`: its noise takes all 64 bits. */
  | { readonly kind: 'seed-kept'; readonly said: string; readonly kept: number; readonly gpu: boolean }
  | Exclude<ToldNote, { kind: 'seed-folded' }>;

import * as z from 'zod/mini';
import '../without-eval.ts';
import { limits, type Range } from '../limits.ts';

export const within = ({ min, max }: Range) => z.number().check(z.minimum(min), z.maximum(max));
export const wholeWithin = ({ min, max }: Range) => z.int().check(z.minimum(min), z.maximum(max));
export const strengthSchema = within(limits.strength);

/**
 * Schemas are read as they stand: zod would try whether it may compile them (`new Function`), which the content policy refuses and reports
 * (https://zod.dev/api, "jitless"). Imported wherever schemas are made, before they are.
 */
import { config } from 'zod/mini';

config({ jitless: true });

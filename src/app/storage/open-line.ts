import { openStore } from './idb.ts';
import { createLineRecords, type LineRecords } from './line-records.ts';

/** The waiting line in this browser. */
export const openLineRecords = (): LineRecords => createLineRecords(openStore('line'));

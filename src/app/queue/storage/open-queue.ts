import { openStore } from '../../base/storage/idb.ts';
import { createLineRecords, type LineRecords } from './queue-records.ts';

/** The waiting line in this browser. */
export const openLineRecords = (): LineRecords => createLineRecords(openStore('line'));

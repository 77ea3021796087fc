import { openStore } from '../../../engine/idb.ts';
import { databases } from '../../../engine/stored-names.ts';
import { createQueueRecords, type QueueRecords } from './queue-records.ts';

/** The queue in this browser. */
export const openQueueRecords = (): QueueRecords => createQueueRecords(openStore(databases.queue));

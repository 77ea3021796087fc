/** Noise schedules that can be chosen apart from the sampler, by the names that other programs give them. */
export const scheduleIds = ['uniform', 'karras', 'exponential', 'sgm-uniform', 'simple'] as const;
export type ScheduleId = (typeof scheduleIds)[number];

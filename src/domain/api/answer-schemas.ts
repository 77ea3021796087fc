/** What the API's JSON answers hold. */
import { z } from 'zod';
import '../without-eval.ts';

const device = z.string().describe('`webgpu`, `wasm`, or `not set` while no model is loaded.');

const status = z.object({
  status: z.literal('running'),
  device,
  model: z.string().describe('`built-in` or the id of the model.'),
  endpoints: z.object({ generate_image: z.string(), generate_video: z.string(), video_info: z.string() }),
});

const health = z.object({ status: z.literal('healthy'), model_loaded: z.boolean(), device });

const image = z.object({
  success: z.literal(true),
  prompt: z.string(),
  steps: z.int(),
  seed: z.int().describe('The seed that was used.'),
  image_base64: z.string().describe('The PNG.'),
  format: z.literal('png'),
});

const videoInfo = z.object({
  scenes_count: z.int(),
  frames_per_scene: z.int(),
  transition_frames: z.int(),
  total_frames: z.int(),
  total_duration_seconds: z.number(),
  fps: z.number(),
  resolution: z.string().meta({ examples: ['512x512'] }),
  estimated_generation_time_seconds: z.number().describe("From this device's own measured steps."),
});

const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

const job = z.object({
  id: z.string(),
  kind: z.enum(['image', 'video']),
  state: z.enum(jobStates),
  step: z.int().describe('This many steps are finished.'),
  steps: z.int().describe('Of so many.'),
  eta_seconds: z.number().nullable().describe('Seconds left; null while there is nothing to judge by.'),
  detail: z.string().nullable().describe('What went wrong.'),
  events: z.string().describe('Where the job is told about as it goes on.'),
  result: z.string().describe('Where the answer is to be had.'),
});

export type JobView = z.output<typeof job>;
export type JobState = JobView['state'];
export type ImageAnswer = z.output<typeof image>;
export type Status = z.output<typeof status>;
export type Health = z.output<typeof health>;

const problem = z.object({
  type: z.string(),
  loc: z.array(z.union([z.string(), z.int()])),
  msg: z.string(),
  input: z.unknown(),
  ctx: z.record(z.string(), z.unknown()).optional(),
});

export const answerSchemas = {
  Status: status,
  Health: health,
  ImageAnswer: image,
  VideoInfo: videoInfo,
  Job: job,
  Jobs: z.array(job),
  Failure: z.object({ detail: z.string() }),
  Unavailable: z.object({ detail: z.string(), advice: z.string() }),
  HTTPValidationError: z.object({ detail: z.array(problem) }),
};

export type AnswerName = keyof typeof answerSchemas;

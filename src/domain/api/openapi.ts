/** The API described in OpenAPI 3.1, made from the schemas that check its requests. */
import { z } from 'zod';
import '../without-eval.ts';
import { maxBodyBytes } from './http.ts';
import { answerSchemas, type AnswerName } from './answer-schemas.ts';
import { generateSchema, inpaintSchema, upscaleSchema, videoSchema } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

export function openApiDocument(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zoetrope: Image and Video Generation API',
      version,
      description:
        'Text to images and scene videos. Requests are answered by an open page of the app, on its own machine: nothing leaves it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: [{ name: 'status' }, { name: 'images' }, { name: 'videos' }, { name: 'jobs' }],
    paths: { ...statusPaths, ...imagePaths, ...videoPaths, ...jobPaths },
    components: { schemas: components() },
  };
}

function components(): Json {
  const requests = {
    ImageRequest: generateSchema,
    InpaintRequest: inpaintSchema,
    UpscaleRequest: upscaleSchema,
    VideoRequest: videoSchema,
  };
  return Object.fromEntries(
    Object.entries({ ...requests, ...answerSchemas }).map(([name, schema]) => [
      name,
      jsonSchema(schema, name),
    ]),
  );
}

function jsonSchema(schema: z.ZodType, title: string): Json {
  const entries = Object.entries(z.toJSONSchema(schema, { io: 'input' }));
  return { title, ...Object.fromEntries(entries.filter(([key]) => key !== '$schema')) };
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ 'application/json': { schema: ref(name) } });
const answer = (description: string, name: AnswerName) => ({ description, content: json(name) });
const file = (...types: string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));
const header = (description: string, type: string) => ({ description, schema: { type } });

const seedHeader = { 'X-Seed': header('The seed that was used.', 'integer') };
const dispositionHeader = { 'Content-Disposition': header('The name of the file.', 'string') };
const jobHeaders = { Location: header('Where the job is told about.', 'string') };

const queryRefusals = {
  400: answer('Too few scenes, or a body that cannot be read.', 'Failure'),
  422: answer('A request that does not validate.', 'HTTPValidationError'),
};
const refusals = {
  ...queryRefusals,
  413: answer(`A body of more than ${maxBodyBytes} bytes.`, 'Failure'),
  415: answer('A body in an encoding that is not known here.', 'Failure'),
};
const troubles = {
  500: answer('It went wrong on the way.', 'Failure'),
  503: answer('No page of the app is open to draw.', 'Unavailable'),
};
const unknownJob = { 404: answer('No such job.', 'Failure'), 503: troubles[503] };

const statusPaths = {
  '/': {
    get: {
      tags: ['status'],
      operationId: 'status',
      summary: 'What is running, and where',
      description: 'With `Accept: application/json`; a browser gets the app.',
      responses: { 200: answer('Running.', 'Status') },
    },
  },
  '/health': {
    get: {
      tags: ['status'],
      operationId: 'health',
      summary: 'Whether a model is loaded',
      responses: { 200: answer('Healthy.', 'Health') },
    },
  },
};

const preferAsync = {
  name: 'Prefer',
  in: 'header',
  description: '`respond-async`: answers 202 with a job at once.',
  schema: { type: 'string', examples: ['respond-async'] },
};
const accepted = {
  202: { ...answer('With `Prefer: respond-async`: the job.', 'Job'), headers: jobHeaders },
};
const body = (name: string) => ({ required: true, content: json(name) });
/** Pictures may come as files of a form. */
const bodyWithFiles = (name: string) => ({
  required: true,
  content: { ...json(name), 'multipart/form-data': { schema: ref(name) } },
});

const picturePath = (operationId: string, summary: string, request: string) => ({
  post: {
    tags: ['images'],
    operationId,
    summary,
    description: 'Closing the request cancels the work.',
    parameters: [preferAsync],
    requestBody: bodyWithFiles(request),
    responses: {
      200: {
        description: 'The PNG, or with `return_base64` JSON that holds it.',
        headers: { ...seedHeader, ...dispositionHeader },
        content: { ...file('image/png'), ...json('ImageAnswer') },
      },
      ...accepted,
      ...refusals,
      ...troubles,
    },
  },
});

const imagePaths = {
  '/generate': picturePath('generate', 'Make a picture', 'ImageRequest'),
  '/inpaint': picturePath('inpaint', 'Draw a part of a picture anew', 'InpaintRequest'),
  '/upscale': picturePath('upscale', 'Make a picture larger', 'UpscaleRequest'),
};

const filmHeaders = {
  ...seedHeader,
  ...dispositionHeader,
  'X-Video-Scenes': header('How many scenes.', 'integer'),
  'X-Video-Duration': header('Seconds.', 'number'),
  'X-Video-FPS': header('Frames per second.', 'integer'),
  'X-Hero-Used': header("Whether the hero's words went into the scenes.", 'boolean'),
};

const info = { tags: ['videos'], summary: 'What a film would be, and how long it would take' };
const infoAnswer = { 200: answer('The plan and the estimate.', 'VideoInfo') };

const videoPaths = {
  '/generate-video': {
    post: {
      tags: ['videos'],
      operationId: 'generateVideo',
      summary: 'Make a film of scenes',
      description:
        'Long films are better asked for with `Prefer: respond-async`. Closing the request cancels the work.',
      parameters: [preferAsync],
      requestBody: body('VideoRequest'),
      responses: {
        200: {
          description: 'The film.',
          headers: filmHeaders,
          content: file('video/mp4', 'video/webm', 'image/gif'),
        },
        ...accepted,
        ...refusals,
        ...troubles,
      },
    },
  },
  '/generate-video/info': {
    post: {
      ...info,
      operationId: 'videoInfo',
      requestBody: body('VideoRequest'),
      responses: { ...infoAnswer, ...refusals, 503: troubles[503] },
    },
    get: {
      ...info,
      operationId: 'videoInfoByQuery',
      parameters: queryParameters(),
      responses: { ...infoAnswer, ...queryRefusals, 503: troubles[503] },
    },
  },
};

function queryParameters(): Json[] {
  const { properties = {}, required = [] } = jsonSchema(videoSchema, '') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description,
    schema,
  }));
}

const jobId = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const job = { tags: ['jobs'], parameters: [jobId] };

const jobPaths = {
  '/jobs': {
    get: {
      tags: ['jobs'],
      operationId: 'jobs',
      summary: 'The jobs that are known, oldest first',
      responses: { 200: answer('The jobs.', 'Jobs'), 503: troubles[503] },
    },
  },
  '/jobs/{id}': {
    get: {
      ...job,
      operationId: 'job',
      summary: 'How far a job is',
      responses: { 200: answer('The job.', 'Job'), ...unknownJob },
    },
    delete: {
      ...job,
      operationId: 'cancelJob',
      summary: 'Cancel a job, or forget one that has ended',
      responses: { 200: answer('The job as it ended.', 'Job'), ...unknownJob },
    },
  },
  '/jobs/{id}/events': {
    get: {
      ...job,
      operationId: 'jobEvents',
      summary: 'How far a job is, told as it goes on',
      description: 'Server-sent events; the data of each `job` event is a Job. Ends with the job.',
      responses: {
        200: { description: 'The events.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
        ...unknownJob,
      },
    },
  },
  '/jobs/{id}/result': {
    get: {
      ...job,
      operationId: 'jobResult',
      summary: 'What a job made',
      description: 'The answer that the request would have had without `Prefer`. Waits for the job to end.',
      responses: {
        200: {
          description: 'The picture or the film.',
          content: { ...file('image/png', 'video/mp4', 'video/webm', 'image/gif'), ...json('ImageAnswer') },
        },
        206: { description: 'The part of it that `Range` asks for.' },
        304: { description: 'What the tag in `If-None-Match` stands for.' },
        410: answer('The job was cancelled.', 'Failure'),
        416: { description: 'No such part.' },
        500: troubles[500],
        ...unknownJob,
      },
    },
  },
};

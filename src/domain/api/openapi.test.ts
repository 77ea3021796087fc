import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';

const document = openApiDocument('1.2.3') as {
  paths: Record<string, Record<string, { parameters?: { name: string; required: boolean }[] }>>;
  components: {
    schemas: Record<string, { required: string[]; properties: Record<string, Record<string, unknown>> }>;
  };
};

test('an independent validator finds nothing wrong with the document', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(
    JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
  );
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

test('every reference leads to a schema', () => {
  const names = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
    ([, name]) => name,
  );
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(names));
});

test('fields, defaults and limits are those that requests are checked with', () => {
  const { ImageRequest, VideoRequest } = document.components.schemas;
  expect(ImageRequest?.required).toEqual(['prompt']);
  expect(ImageRequest?.properties['num_inference_steps']).toMatchObject({
    type: 'integer',
    default: 25,
    minimum: 1,
    maximum: 150,
  });
  expect(VideoRequest?.required).toEqual(['scenes']);
  expect(VideoRequest?.properties['scenes']).toMatchObject({ type: 'array', minItems: 2 });
  expect(VideoRequest?.properties['width']).toMatchObject({ default: 512, multipleOf: 2 });
});

test('info by query has the fields of a film', () => {
  const parameters = document.paths['/generate-video/info']?.['get']?.parameters ?? [];
  const fields = Object.keys(document.components.schemas['VideoRequest']!.properties);
  expect(parameters.map(({ name }) => name)).toEqual(fields);
  expect(parameters.filter(({ required }) => required).map(({ name }) => name)).toEqual(['scenes']);
});

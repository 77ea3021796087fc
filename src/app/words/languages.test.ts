import { expect, test } from 'vitest';
import { speechFor } from './languages.ts';

test('the first of the browser’s languages that the page speaks is taken, with its region', () => {
  expect(speechFor('browser', ['fr-FR', 'de-AT', 'en'])).toEqual({
    language: 'de',
    locale: 'de-AT',
    direction: 'ltr',
  });
});

test('whoever speaks none of them reads English', () => {
  expect(speechFor('browser', ['fr', 'ja-JP']).language).toBe('en');
  expect(speechFor('browser', []).locale).toBe('en');
});

test('a choice outranks the browser, and keeps the region where the browser knows one', () => {
  expect(speechFor('ar', ['en-GB', 'ar-EG'])).toEqual({ language: 'ar', locale: 'ar-EG', direction: 'rtl' });
  expect(speechFor('ar', ['en-GB']).locale).toBe('ar');
});

test('a language is not mistaken for one that begins with the same letters', () => {
  expect(speechFor('browser', ['arn', 'den', 'en']).language).toBe('en');
});

import type { Text } from '@tranche/policies';
import { Option } from 'commander';

/** The language a command speaks; Chinese unless asked otherwise. */
export type Language = 'zh' | 'en';

/** `--lang zh|en`, the same on every command that speaks. */
export const languageOption = (): Option => new Option('--lang <language>', '语言 · language').choices(['zh', 'en']).default('zh');

/** A text in the chosen language; words given as `{zh, en}` literals read well at the place they are used. */
export type Speaker = (text: Text) => string;
export const speaker =
  (language: Language): Speaker =>
  (text) =>
    text[language];

/** `{zh, en}` in one short line. */
export const text = (zh: string, en: string): Text => ({ zh, en });

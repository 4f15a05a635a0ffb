// How a story looks in the terminal: date, actor, deed; below it the answer and the clause.

import type { Cite, Text } from '@tranche/policies';
import stringWidth from 'string-width';
import { citation } from '../policy/citation.js';
import type { Language } from '../terminal/language.js';
import { ACTOR_LABELS, type Actor } from './story.js';

const ACTOR_WIDTH: Readonly<Record<Language, number>> = { zh: 14, en: 18 };
const padded = (words: string, width: number): string => words + ' '.repeat(Math.max(1, width - stringWidth(words)));

export class Narrator {
  constructor(
    private readonly language: Language,
    private readonly print: (line: string) => void,
  ) {}

  line(words: Text | null): void {
    this.print(words === null ? '' : words[this.language]);
  }

  raw(line: string): void {
    this.print(line);
  }

  chapter(title: Text, about: Text): void {
    this.print('');
    this.print(`━━ ${title[this.language]} ${'━'.repeat(Math.max(2, 84 - stringWidth(title[this.language])))}`);
    this.print(`   ${about[this.language]}`);
    this.print('');
  }

  step(today: string, who: Actor, does: Text): void {
    const actor = padded(ACTOR_LABELS[who][this.language], ACTOR_WIDTH[this.language]);
    this.print(`  ${today}  ${actor}${does[this.language]}`);
  }

  answer(words: Text): void {
    this.print(`${this.margin}→ ${words[this.language]}`);
  }

  clause(cite: Cite): void {
    this.print(`${this.margin}§ ${citation(cite, this.language)}`);
  }

  private get margin(): string {
    return ' '.repeat(14 + ACTOR_WIDTH[this.language]);
  }
}

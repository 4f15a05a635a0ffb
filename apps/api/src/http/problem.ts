import type { Text } from '@tranche/policies';
import { isProblemCode, type ProblemKind, problemKinds } from './problem-codes.js';

/** One thing that is wrong with the request; `field` is a JSON-path-like place such as `data.reason`. */
export type FieldError = {
  readonly field: string;
  readonly code: string;
  readonly message: string | Text;
  /** rules and amounts of the policy that need this field */
  readonly rules?: readonly object[];
};

export type ProblemParts = {
  readonly status?: number;
  readonly title?: Text;
  readonly detail?: Text;
  readonly errors?: readonly FieldError[];
  /** further members of the document, e.g. `allowedEvents` */
  readonly members?: Readonly<Record<string, unknown>>;
};

/** A refusal on its way to the client; nothing was changed. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly parts: ProblemParts = {},
  ) {
    super(code);
  }
}

export type Language = 'zh' | 'en';

/** RFC 9457 document: words in the asked language, and both languages under `messages`. */
export type ProblemDocument = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly (FieldError & { readonly message: string })[];
  readonly requestId: string;
  readonly messages: Readonly<Record<Language, { readonly title: string; readonly detail: string }>>;
};

/** A code this table does not know is a refusal of a use-case: 409 unless it says otherwise. */
const kindOf = (code: string): ProblemKind => (isProblemCode(code) ? problemKinds[code] : problemKinds.conflict);

export function statusOf(problem: Problem): number {
  return problem.parts.status ?? kindOf(problem.code).status;
}

export function documentOf(problem: Problem, language: Language, requestId: string): ProblemDocument {
  const kind = kindOf(problem.code);
  const { title = kind.title, detail = kind.detail, errors = [], members = {} } = problem.parts;
  return {
    ...members,
    type: `/api/problems#${problem.code}`,
    title: title[language],
    status: statusOf(problem),
    code: problem.code,
    detail: detail[language],
    errors: errors.map((error) => ({ ...error, message: typeof error.message === 'string' ? error.message : error.message[language] })),
    requestId,
    messages: { zh: { title: title.zh, detail: detail.zh }, en: { title: title.en, detail: detail.en } },
  };
}

/** The first of zh and en that the caller asks for by weight; Chinese when nothing is said. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = Number(
        parameters
          .find((parameter) => parameter.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { tag, weight: Number.isFinite(weight) ? weight : 0 };
    })
    .filter(({ tag, weight }) => weight > 0 && /^(zh|en)\b/.test(tag))
    .sort((a, b) => b.weight - a.weight)[0];
  return wanted?.tag.startsWith('en') ? 'en' : 'zh';
}

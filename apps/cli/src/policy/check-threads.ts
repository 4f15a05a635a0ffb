// Forms shared out over threads, one per core; answers come back in the order of the questions, whoever finishes first.

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { programUrl } from '../programs.js';
import { checkForm, type FormAnswer, type FormQuestion } from './check-form.js';

const ownScript = programUrl('check-worker');
type Asked = {
  readonly question: FormQuestion;
  readonly answered: (answer: FormAnswer) => void;
  readonly failed: (error: unknown) => void;
};

/**
 * The answers in the order of the questions. `weights` say which take longest: those are begun first, so that no thread is left with one of
 * them at the end. A single question is answered here. Rejects with whatever a thread throws; no thread outlives the last answer.
 */
export async function* checkForms(
  questions: readonly FormQuestion[],
  weights: readonly number[],
  threads = availableParallelism(),
  script = ownScript,
): AsyncGenerator<FormAnswer> {
  if (questions.length < 2 || threads < 2) {
    for (const question of questions) yield checkForm(question);
    return;
  }
  const waiting: Asked[] = [];
  const answers = questions.map((question) => new Promise<FormAnswer>((answered, failed) => waiting.push({ question, answered, failed })));
  for (const answer of answers) answer.catch(() => {}); // a failure is told where its turn comes
  const longestFirst = [...waiting.keys()].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0)).map((at) => waiting[at]!);
  const workers = Array.from({ length: Math.min(threads, questions.length) }, () => new Worker(script));
  for (const worker of workers) void serve(worker, longestFirst);
  try {
    for (const answer of answers) yield await answer;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Asks this thread one question after another, until none is left. */
async function serve(worker: Worker, waiting: Asked[]): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    try {
      worker.postMessage(next.question);
      const [answer] = (await once(worker, 'message')) as [FormAnswer];
      next.answered(answer);
    } catch (error) {
      next.failed(error);
      for (const left of waiting.splice(0)) left.failed(error);
    }
  }
}

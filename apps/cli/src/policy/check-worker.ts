// A thread of `tranche policy check`: is asked one form after another, until nobody asks any more.

import { parentPort } from 'node:worker_threads';
import { checkForm, type FormQuestion } from './check-form.js';

parentPort?.on('message', (question: FormQuestion) => parentPort?.postMessage(checkForm(question)));

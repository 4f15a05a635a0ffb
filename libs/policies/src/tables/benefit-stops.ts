import { text } from '../documents/document.js';
import type { Cite, Claim } from '../policy.js';

/** What ends a benefit of the unemployed before its time, all on one ground. */
export const benefitStops = (cite: Cite): Claim['stops'] => [
  { id: 'employed', label: text('重新就业', 'found work'), cite },
  { id: 'enlisted', label: text('应征服兵役', 'joined the army'), cite },
  { id: 'emigrated', label: text('移居境外', 'moved abroad'), cite },
  { id: 'pensioned', label: text('享受基本养老保险待遇', 'draws a pension'), cite },
  { id: 'imprisoned', label: text('被判刑收监执行', 'serves a prison sentence'), cite },
  { id: 'declinedWork', label: text('无正当理由拒不接受介绍的工作', 'declined work that was offered, without good reason'), cite },
];

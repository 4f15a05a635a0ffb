import { text } from '../documents/document.js';
import type { Cite, Evidence } from '../policy.js';

/** Papers that stand on one ground: `papers(cite).byData('contributions', '缴费记录', 'record of contributions')`. */
export const papers = (cite: Cite) => {
  const paper =
    (obtainBy: Evidence['obtainBy']) =>
    (id: string, zh: string, en: string): Evidence => ({ id, label: text(zh, en), obtainBy, cite });
  return { byData: paper('data'), uploaded: paper('upload') };
};

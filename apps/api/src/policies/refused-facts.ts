import type { PolicyRefusal } from '@tranche/policies';
import { Problem } from '../http/problem.js';

/** Facts, days and places a policy cannot take, as a problem that names the field and the rules that need it. Nothing was stored. */
export function problemOfFacts({ code, field, message, readers }: PolicyRefusal): Problem {
  if (code === 'policy-unknown') return new Problem('not-found', { detail: message });
  const place = code.startsWith('fact-') && !field.startsWith('period') && field !== 'facts' ? `facts.${field}` : field;
  const rules = (readers ?? []).map(({ kind, id, label, cite }) => ({ kind, id, label, cite }));
  return new Problem('facts-invalid', {
    detail: message,
    errors: [{ field: place, code, message, ...(rules.length > 0 ? { rules } : {}) }],
  });
}

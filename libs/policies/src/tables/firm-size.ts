import { text } from '../documents/document.js';
import type { FactChoice } from '../policy.js';

/** Classes of firms as 国统字〔2017〕213号 draws them; registers write the Chinese word. */
export const firmSizes: readonly FactChoice[] = [
  { value: 'LARGE', label: text('大型', 'large') },
  { value: 'MEDIUM', label: text('中型', 'medium') },
  { value: 'SMALL', label: text('小型', 'small') },
  { value: 'MICRO', label: text('微型', 'micro') },
];

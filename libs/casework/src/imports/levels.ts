/*
 * Skill levels are written in several ways in real lists. Each line is one level of the national scale;
 * the words mean the same and the order of the lines is from the lowest to the highest.
 */
const SAME_LEVEL: readonly (readonly string[])[] = [
  ['合格证书', '培训合格', '培训合格证书', 'certificate'],
  ['专项职业能力', '专项', '专项能力', 'special'],
  ['初级', '初级工', '五级', '五级/初级工', '五级初级工', '5', 'junior', 'elementary'],
  ['中级', '中级工', '四级', '四级/中级工', '四级中级工', '4', 'intermediate'],
  ['高级', '高级工', '三级', '三级/高级工', '三级高级工', '3', 'senior', 'advanced'],
  ['技师', '二级', '二级/技师', '二级技师', '2', 'technician'],
  ['高级技师', '一级', '一级/高级技师', '一级高级技师', '1', 'seniortechnician'],
];

/** One spelling per level, or null when the word names no level. */
export function canonicalLevel(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s()-]/g, '')
    .toLowerCase();
  return SAME_LEVEL.find((words) => words.includes(plain))?.[0] ?? null;
}

/** The known level that means the same as `text`; a level that is only spelled in the standards counts as it is spelled there. */
export function findLevel(known: readonly string[], text: string): string | null {
  if (known.includes(text)) return text;
  const wanted = canonicalLevel(text);
  return wanted === null ? null : (known.find((level) => canonicalLevel(level) === wanted) ?? null);
}

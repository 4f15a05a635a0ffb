import type { StandardsTable } from '../policy.js';

/**
 * SAMPLE standards in fen per person, for trials and tests only: the cities' figures are not in the documents.
 * Round figures, and one odd one to show where the last fen goes.
 */
export const sampleStandards: StandardsTable = {
  电工: { 初级: '200000', 中级: '300000', 高级: '400000' },
  焊工: { 初级: '200000', 中级: '300000', 高级: '400000' },
  养老护理员: { 初级: '150000', 中级: '200000', 高级: '250000' },
  中式烹调师: { 初级: '120000', 中级: '180000', 高级: '240000' },
  家政服务员: { 初级: '100000', 中级: '150000' },
  '样例职业（尾差）': { 初级: '100001' },
};

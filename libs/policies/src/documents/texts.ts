import { type Document, text } from './document.js';

const bureausOfDalian = text(
  '大连市各区市县、先导区人力资源和社会保障局',
  'human resources and social security bureaus of the districts and counties of Dalian',
);

/** Dalian, 24 November 2020. Its last clause is cut off in the published file. */
export const dalian391: Document = {
  doc: '大人社发〔2020〕391号《全力做好当前促进和扩大就业有关工作的通知》',
  issuedOn: '2020-11-24',
  jurisdiction: 'CN-2102',
  office: bureausOfDalian,
  officeClause: '抬头',
  officeQuote: '各区市县、先导区人力资源和社会保障局、财政局，各公共就业服务机构：',
};

/** Dalian, 21 February 2020, for the time of epidemic control. */
export const dalian38: Document = {
  doc: '大人社发〔2020〕38号《关于做好疫情防控期间有关就业工作的通知》',
  issuedOn: '2020-02-21',
  jurisdiction: 'CN-2102',
  office: bureausOfDalian,
  officeClause: '抬头',
  officeQuote: '各区市县（先导区）人力资源和社会保障（劳动人事）局、教育局、财政局、交通运输局、卫生健康行政部门、公共就业人才服务机构',
};

/** Liaoning, 1 November 2020. The number is not printed in the published text; the Dalian notice names it. */
export const liaoning25: Document = {
  doc: '辽政办发〔2020〕25号《全力做好当前促进和扩大就业工作的若干举措》',
  issuedOn: '2020-11-01',
  jurisdiction: 'CN-21',
  office: text('各市、县（市、区）人力资源社会保障部门', 'human resources and social security offices of cities and counties'),
  officeClause: '（二十）',
  officeQuote: '（责任单位：省人力资源社会保障厅、省财政厅）',
};

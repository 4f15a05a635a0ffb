export { type CsvReceiptTemplate, commonReturnFile } from './csv-receipt.js';
export { decoded, type Encoding } from './decode.js';
export { type Inspected, inspectXml } from './inspect-xml.js';
export { receiptMessages } from './read-xml.js';
export * from './receipt.js';
export * from './receipt-file.js';
export { namedTemplate, type ReturnFileTemplate, returnFileTemplate } from './return-file-template.js';
export { meaningOf } from './status-codes.js';

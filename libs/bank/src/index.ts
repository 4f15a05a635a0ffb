export { setBankClock } from './bank-clock.js';
export { checkInstruction, type FieldFault } from './check-instruction.js';
export { type HttpBankOptions, httpBank } from './http-bank.js';
export { type Pain001, type Pain001Batch, type Pain001Fault, type Pain001Line, renderPain001 } from './pain001.js';
export type * from './port.js';
export * from './receipts/index.js';
export { type Asked, readRequest, renderRequest } from './request.js';
export { checkSchema, openSchema, type SchemaChecker, type SchemaFault } from './schema/check-schema.js';
export { type IsoMessage, isoMessages, messageOfNamespace, namespaceOf, schemaBytes, schemaPath } from './schema/iso-messages.js';

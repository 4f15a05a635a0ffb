// Checks documents against one XML schema, in a thread of its own: libxml2-wasm keeps the memory of the largest document it has met until its
// thread ends, and a long check would hold up everybody else. Messages in: { id, xml: Uint8Array }; out: { id, faults: [{ line, message }] }.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ParseOption, XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm';

// no network, no entities
const options = { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES };
const schema = XmlDocument.fromBuffer(readFileSync(workerData.schema), options);
const validator = XsdValidator.fromDoc(schema);

parentPort.on('message', ({ id, xml }) => parentPort.postMessage({ id, faults: faultsOf(xml) }));

function faultsOf(xml) {
  let document;
  try {
    document = XmlDocument.fromBuffer(xml, options);
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const details = error.details.map(({ line, message }) => ({ line, message: message.trim() }));
    return details.length > 0 ? details : [{ line: 0, message: error.message }];
  } finally {
    document?.dispose();
  }
}

// libxml2-wasm waits at its top level, which CommonJS test files cannot: so it runs in a process of its own.
// node validate-xsd.mjs SCHEMA FILE…  prints one JSON line per file: {"file", "errors": […]}
import { readFileSync } from 'node:fs';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';

const [schema, ...files] = process.argv.slice(2);
const definition = XmlDocument.fromBuffer(readFileSync(schema));
const validator = XsdValidator.fromDoc(definition);
for (const file of files) console.log(JSON.stringify({ file, errors: errorsOf(file) }));
validator.dispose();
definition.dispose();

function errorsOf(file) {
  const document = XmlDocument.fromBuffer(readFileSync(file));
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map(({ line, message }) => `${line}: ${message.trim()}`);
  } finally {
    document.dispose();
  }
}

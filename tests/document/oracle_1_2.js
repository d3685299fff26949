// Prints what js-yaml (core schema of YAML 1.2) makes of each file of a folder, in the form of yaml_1_2_test.cc.
const fs = require('fs');
const path = require('path');
let yaml;
try {
  yaml = require('js-yaml');
} catch (error) {
  console.log('missing');
  process.exit();
}

function canonical(value) {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'nan';
    if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
    return value.toExponential(16).replace(/e([+-])(\d)$/, 'e$10$2');
  }
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  return '{' + Object.keys(value).map((key) => key + ':' + canonical(value[key])).sort().join(',') + '}';
}

for (const name of fs.readdirSync(process.argv[2]).sort()) {
  const text = fs.readFileSync(path.join(process.argv[2], name), 'utf8');
  try {
    console.log(canonical(yaml.load(text, {schema: yaml.CORE_SCHEMA})));
  } catch (error) {
    console.log('error');
  }
}

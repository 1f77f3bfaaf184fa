// A Fastify application with cases that are difficult for clients. It echoes requests, and serves its description at
// `/openapi.json`. Its first argument is the port.
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart, { ajvFilePlugin } from '@fastify/multipart'
import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import { Readable } from 'node:stream'

const app = Fastify({ ajv: { customOptions: { discriminator: true, strict: false }, plugins: [ajvFilePlugin] } })

await app.register(swagger, {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Awkward', version: '1' },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'sid' },
        bearer: { type: 'http', scheme: 'bearer' }
      }
    }
  },
  // Components have the names of the application, as the plugin's documentation proposes.
  refResolver: { buildLocalReference: (json, base, fragment, i) => json.$id || `def-${i}` }
})
await app.register(cookie, { secret: 'not a secret' })
await app.register(formbody)
await app.register(multipart, { attachFieldsToBody: 'keyValues', onFile: describeFile })

// Replaces a file in the body by its name, media type and text.
async function describeFile (part) {
  const text = (await part.toBuffer()).toString('latin1')
  part.value = { file: true, name: part.filename, media: part.mimetype, text }
}

const schemas = [
  {
    $id: 'Small',
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string', enum: ['small'] }, n: { type: 'integer', default: 0 } }
  },
  {
    $id: 'Large',
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string', enum: ['large'] }, name: { type: 'string', default: '' } }
  },
  { $id: 'Thing', type: 'object', discriminator: { propertyName: 'kind' }, oneOf: [{ $ref: 'Small#' }, { $ref: 'Large#' }] },
  {
    $id: 'Shape',
    anyOf: [
      { type: 'object', required: ['radius'], properties: { shape: { type: 'string', const: 'circle', default: 'circle' }, radius: { type: 'number' } } },
      { type: 'object', required: ['side'], properties: { shape: { type: 'string', const: 'square', default: 'square' }, side: { type: 'number' } } }
    ]
  },
  {
    $id: 'Nullable',
    type: 'object',
    required: ['flag'],
    properties: {
      text: { type: ['string', 'null'] },
      number: { type: ['integer', 'null'] },
      flag: { type: ['boolean', 'null'] },
      choice: { type: ['string', 'null'], enum: ['a', 'b', null] },
      texts: { type: ['array', 'null'], items: { type: ['string', 'null'] } },
      numbers: { type: ['object', 'null'], additionalProperties: { type: ['number', 'null'] } },
      small: { anyOf: [{ $ref: 'Small#' }, { type: 'null' }] },
      at: { type: ['string', 'null'], format: 'date-time' },
      anything: {}
    }
  },
  {
    $id: 'Closed',
    type: 'object',
    additionalProperties: false,
    required: ['id'],
    properties: { id: { type: 'integer' }, label: { type: 'string' } }
  },
  {
    $id: 'Seen',
    type: 'object',
    required: ['path', 'query', 'headers'],
    properties: {
      path: { type: 'string' },
      query: { type: 'string' },
      headers: { type: 'object', additionalProperties: { type: 'string' } }
    }
  },
  {
    $id: 'Upload',
    type: 'object',
    required: ['name', 'media', 'text'],
    properties: { name: { type: 'string' }, media: { type: 'string' }, text: { type: 'string' } }
  },
  {
    $id: 'Problem',
    type: 'object',
    required: ['statusCode', 'error', 'message'],
    properties: { statusCode: { type: 'integer' }, code: { type: 'string' }, error: { type: 'string' }, message: { type: 'string' } }
  }
]
schemas.forEach(schema => app.addSchema(schema))

const ref = name => ({ $ref: `${name}#` })
const list = items => ({ type: 'array', items })

function seen (request, ...names) {
  const [path, query = ''] = request.raw.url.split('?')
  return { path, query, headers: Object.fromEntries(names.map(name => [name, request.headers[name] ?? ''])) }
}

// A route with its tag, operation id and schema; its default handler sends the body back.
function route (tag, operationId, method, url, schema, handler = async request => request.body, security) {
  app.route({ method, url, schema: { tags: [tag], operationId, ...(security ? { security } : {}), ...schema }, handler })
}

const echo = name => ({ body: ref(name), response: { 200: ref(name), 400: ref('Problem') } })

// Unions and models.
route('unions', 'thing', 'POST', '/unions/thing', echo('Thing'))
route('unions', 'shape', 'POST', '/unions/shape', echo('Shape'))
route('unions', 'things', 'POST', '/unions/things', { body: list(ref('Thing')), response: { 200: list(ref('Thing')) } })
route('models', 'nullable', 'POST', '/models/nullable', echo('Nullable'))
// The schema is closed, and the server sends more: Fastify itself does not write this response.
route('models', 'closed', 'GET', '/models/closed', { response: { 200: ref('Closed') } },
  (request, reply) => reply.serializer(JSON.stringify).send({ id: 1, label: 'one', owner: { name: 'Jo' } }))
route('models', 'replace', 'PUT', '/models/closed', {
  body: { type: 'object', additionalProperties: true, properties: { id: { type: 'integer' } } },
  response: { 200: { type: 'object', additionalProperties: true } }
})

// Parameters. Fastify calls the rest of a path `*`.
route('parameters', 'query', 'GET', '/parameters/query', {
  querystring: {
    type: 'object',
    required: ['ids'],
    properties: {
      ids: list({ type: 'integer' }), text: { type: ['string', 'null'] }, flag: { type: 'boolean', default: true }, limit: { type: 'integer', maximum: 10 }
    }
  },
  response: { 200: { type: 'object', properties: { seen: ref('Seen'), ids: list({ type: 'integer' }), flag: { type: 'boolean' } } } }
}, async request => ({ seen: seen(request), ids: request.query.ids, flag: request.query.flag }))
route('parameters', 'rest', 'GET', '/parameters/rest/:id/*', {
  params: { type: 'object', properties: { id: { type: 'string' }, '*': { type: 'string' } } },
  response: { 200: { type: 'object', properties: { id: { type: 'string' }, '*': { type: 'string' } } } }
}, async request => request.params)
route('parameters', 'headers', 'GET', '/parameters/headers', {
  headers: { type: 'object', properties: { 'X-Tag': { type: 'string' }, 'x-count': { type: 'integer' } } },
  response: { 200: ref('Seen') }
}, async request => seen(request, 'x-tag', 'x-count', 'cookie'))

// Forms and files.
const login = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, age: { type: ['integer', 'null'] }, tags: list({ type: 'string' }), agreed: { type: 'boolean', default: false } }
}
route('forms', 'login', 'POST', '/forms/login', { consumes: ['application/x-www-form-urlencoded'], body: login, response: { 200: login } })
route('forms', 'file', 'POST', '/forms/file', {
  consumes: ['multipart/form-data'],
  body: { type: 'object', required: ['file'], properties: { file: { isFile: true }, note: { type: 'string' } } },
  response: { 200: { type: 'object', properties: { file: ref('Upload'), note: { type: 'string' } } } }
})
route('forms', 'files', 'POST', '/forms/files', {
  consumes: ['multipart/form-data'],
  body: { type: 'object', properties: { files: list({ isFile: true }), tags: list({ type: 'string' }) } },
  response: { 200: { type: 'object', properties: { files: list(ref('Upload')), tags: list({ type: 'string' }) } } }
})

// Responses. Fastify sends a string as text/plain, although the description has application/json.
route('responses', 'string', 'GET', '/responses/string', { response: { 200: { type: 'string' } } }, (request, reply) => reply.send('plain'))
route('responses', 'date', 'GET', '/responses/date', { response: { 200: { type: 'string', format: 'date-time' } } },
  async () => '2026-01-02T03:04:05.678Z')
route('responses', 'gone', 'DELETE', '/responses/gone', { response: { 204: { type: 'null', description: 'Gone' } } },
  (request, reply) => reply.code(204).send())
route('responses', 'undescribed', 'GET', '/responses/undescribed', {}, async () => ({ made: true }))
route('responses', 'ranges', 'GET', '/responses/ranges/:status', {
  params: { type: 'object', properties: { status: { type: 'number' } } },
  response: { '2xx': ref('Small'), 404: ref('Problem'), default: { type: 'object', properties: { reason: { type: 'string' } } } }
}, (request, reply) => {
  // Many applications read the digits of the path.
  const status = Number.parseInt(/^\d+$/.exec(request.raw.url.split('/').pop())?.[0])
  const problem = { statusCode: status, error: 'Gone', message: 'it is gone', reason: 'gone' }
  reply.code(status).send(status < 300 ? { kind: 'small', n: status } : problem)
})
const stream = (media, schema) => ({ response: { 200: { description: 'One after the other', content: { [media]: { schema } } } } })
const sent = (media, texts) => (request, reply) => reply.type(media).send(Readable.from(texts))
route('responses', 'lines', 'GET', '/responses/lines', stream('application/x-ndjson', ref('Small')),
  sent('application/x-ndjson', ['{"kind":"small","n":0}\n', '{"kind":"small","n":1}\n']))
route('responses', 'ticks', 'GET', '/responses/events', stream('text/event-stream', ref('Thing')),
  sent('text/event-stream', [':hello\n\n', 'id: 1\ndata: {"kind":"large",\ndata: "name":"x"}\n\n']))
// As in Kubernetes: the same URL returns one value, or with `watch` a value on each line.
route('responses', 'watch', 'GET', '/responses/watch', {
  querystring: { type: 'object', properties: { watch: { type: 'boolean' } } },
  response: {
    200: {
      description: 'One, or one after the other',
      content: { 'application/json': { schema: ref('Small') }, 'application/json;stream=watch': { schema: ref('Small') } }
    }
  }
}, (request, reply) => {
  const lines = ['{"kind":"small","n":0}\n', '{"kind":"small","n":1}\n']
  reply.type('application/json').send(Readable.from(request.query.watch ? lines : lines.slice(0, 1)))
})

// Credentials: the cookie is signed, so that it has characters that escaping would change.
route('credentials', 'open', 'POST', '/session', { response: { 200: { type: 'object', properties: { signed: { type: 'string' } } } } },
  async () => ({ signed: app.signCookie('a/b=c') }))
route('credentials', 'session', 'GET', '/session', { response: { 200: ref('Seen'), 401: ref('Problem') } }, (request, reply) => {
  const { valid } = request.unsignCookie(request.cookies.sid ?? '')
  const problem = { statusCode: 401, error: 'Unauthorized', message: `no session: ${request.headers.cookie}` }
  reply.code(valid ? 200 : 401).send(valid ? seen(request, 'cookie') : problem)
}, [{ session: [] }])

app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) })

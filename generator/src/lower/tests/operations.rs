//! Operations, parameters, bodies, responses, servers and security of OpenAPI 2.0 and 3.

use super::lowered;
use crate::diagnostic::Code;

const THIRD: &str = "openapi: 3.2.0
info: {title: T, version: '1'}
servers: [{url: 'https://{r}.example.com', variables: {r: {default: eu, enum: [eu, us]}}}]
security: [{key: []}]
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, o: {type: oauth2, flows: {clientCredentials: {tokenUrl: t}}}}
  parameters: {Sort: {name: sort, in: query, schema: {enum: [a, b]}}}
  responses: {Missing: {description: x, content: {application/json: {schema: {properties: {m: {type: string}}}}}}}
paths:
  /a/{id}/{other}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: q, in: query, schema: {type: string}}
    post:
      operationId: makeA
      parameters:
        - {name: q, in: query, required: true, style: deepObject, explode: true, schema: {type: object}}
        - {name: Accept, in: header, schema: {type: string}}
        - {name: j, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: unused, in: path, required: true, schema: {type: string}}
        - {$ref: '#/components/parameters/Sort'}
      requestBody: {required: true, content: {application/json: {schema: {type: string}}, text/plain: {}}}
      responses:
        '201': {description: x, content: {application/json: {schema: {type: array, items: {type: string}}}}}
        4XX: {$ref: '#/components/responses/Missing'}
        default: {description: x}
      security: [{key: [], o: [s]}, {}]
    query: {operationId: ask, parameters: [{name: other, in: path, required: true, schema: {type: string}}], responses: {}}
    additionalOperations: {COPY: {responses: {}}, 'not a method': {responses: {}}}
  relative: {get: {responses: {}}}
";

#[test]
fn lowers_openapi_3_operation() {
    let (dump, codes) = lowered(THIRD);
    assert_eq!(
        dump,
        "T 1
server https://{r}.example.com r=eu
scheme key ApiKeyHeader(\"X-Key\")
scheme o OAuth2(Flows { client_credentials: Some(At(\"t\")), refresh: None, metadata: None })
#0 [makeA.id]: integer
#1 [makeA.q]: text
#2 [makeA.q]: map #3
#3 [makeA.q.value]: any (values may be any value)
#4 [makeA.j]: map #5
#5 [makeA.j.value]: any (values may be any value)
#6 [Sort.param]: enum a|b
#7 [makeA.other]: text
#8 [makeA.request]: text
#9 [makeA.response]: list #10
#10 [makeA.response.item]: text
#11 [Missing.response]: {m #12} ..
#12 [Missing.response.m]: text
#13 [ask.other]: text
#14 [copy /a/{id}/{other}.other]: text
POST /a/{id}/{other} (Path id! Simple #0, Path other! Simple #7, Query q! DeepObject* #2, Query j Json #4, Query sort Form* #6) body! application/json #8, text/plain -> 201 application/json #9; 4XX application/json #11; default needs key+o(s)|
QUERY /a/{id}/{other} (Path id! Simple #0, Path other! Simple #13, Query q Form* #1) ->  needs key
COPY /a/{id}/{other} (Path id! Simple #0, Path other! Simple #14, Query q Form* #1) ->  needs key
skipped #/paths/~1a~1{id}~1{other}/additionalOperations/not a method S0407: the method is not an HTTP method
skipped #/paths/relative/get S0407: the path does not begin with `/`
"
    );
    use Code::{OperationSkipped, PathParameterUndeclared, PathParameterUnused};
    assert_eq!(
        codes,
        [PathParameterUndeclared, PathParameterUnused, PathParameterUndeclared, OperationSkipped, OperationSkipped]
    );
}

#[test]
fn lowers_swagger_2_operation() {
    let (dump, codes) = lowered(
        "swagger: '2.0'
info: {title: T, version: '1'}
host: example.com
basePath: /v1
schemes: [http, https]
consumes: [application/json]
produces: [application/json, application/xml]
securityDefinitions: {o: {type: oauth2, flow: application, tokenUrl: t, scopes: {}}}
definitions: {Pet: {type: object, properties: {name: {type: string}}}}
paths:
  /a:
    post:
      parameters:
        - {name: l, in: query, type: array, items: {type: string}, collectionFormat: multi}
        - {name: p, in: query, type: array, items: {type: string}, collectionFormat: tsv}
        - {name: b, in: body, required: true, schema: {$ref: Pet}}
      responses: {200: {description: x, schema: {$ref: '#/definitions/Pet'}}, 204: {description: x}}
    put:
      consumes: [multipart/form-data]
      parameters:
        - {name: f, in: formData, type: file, required: true}
        - {name: n, in: formData, type: integer}
      produces: [application/octet-stream]
      responses: {200: {description: x, schema: {type: file}}}
",
    );
    assert_eq!(
        dump,
        "T 1
server https://example.com/v1
scheme o OAuth2(Flows { client_credentials: Some(At(\"t\")), refresh: None, metadata: None })
#0 Pet: {name #1} ..
#1 [Pet.name]: text
#2 [post /a.l]: list #3
#3 [post /a.l.item]: text
#4 [post /a.p]: list #5
#5 [post /a.p.item]: text
#6 [put /a.form.f]: text binary
#7 [put /a.form.n]: integer
#8 [put /a.form]: {f! #6, n #7} ..
#9 [put /a.response]: text binary
POST /a (Query l Form* #2, Query p TabDelimited #4) body! application/json #0 -> 200 application/json #0, application/xml #0; 204
PUT /a () body! multipart/form-data #8 -> 200 application/octet-stream #9
"
    );
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn versions() {
    for (head, wanted) in [
        ("openapi: 3.0.4", None),
        ("openapi: 3.1", None),
        ("openapi: '3.2.0'", None),
        ("swagger: 2.0", None),
        ("openapi: 4.0.0", Some(Code::UnsupportedVersion)),
        ("swagger: '1.2'", Some(Code::UnsupportedVersion)),
        ("title: x", Some(Code::NotOpenApi)),
    ] {
        let (_, codes) = lowered(&format!("{head}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n"));
        assert_eq!(codes, wanted.into_iter().collect::<Vec<_>>(), "{head}");
    }
}

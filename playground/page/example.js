// The description that the page begins with, and an older version of it.

export const EXAMPLE = `openapi: 3.1.0
info:
  title: Pet shop
  version: 1.1.0
servers:
  - url: https://pets.example.com
security:
  - key: []
paths:
  /pets:
    get:
      operationId: listPets
      summary: Lists pets, the youngest first.
      tags: [pets]
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
        - { name: kind, in: query, schema: { $ref: "#/components/schemas/Kind" } }
      responses:
        "200":
          description: A page of pets.
          content:
            application/json:
              schema:
                type: object
                required: [pets]
                properties:
                  pets:
                    type: array
                    items: { $ref: "#/components/schemas/Pet" }
                  next_cursor: { type: string }
    post:
      operationId: createPet
      summary: Adds a pet.
      tags: [pets]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Pet" }
      responses:
        "201":
          description: The new pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
        "422":
          description: The pet is not valid.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Problem" }
  /pets/{id}:
    get:
      operationId: getPet
      summary: Returns a pet.
      tags: [pets]
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
        "404":
          description: There is no such pet.
components:
  schemas:
    Kind:
      type: string
      enum: [cat, dog, parrot]
    Pet:
      type: object
      required: [id, name, kind]
      properties:
        id: { type: integer }
        name: { type: string }
        kind: { $ref: "#/components/schemas/Kind" }
        born: { type: string, format: date }
        chip: { type: [string, "null"], description: The number of the chip. }
        owner:
          oneOf:
            - { $ref: "#/components/schemas/Person" }
            - { $ref: "#/components/schemas/Shelter" }
    Person:
      type: object
      required: [email]
      properties:
        email: { type: string, format: email }
    Shelter:
      type: object
      required: [city]
      properties:
        city: { type: string }
        places: { type: integer, minimum: 0 }
    Problem:
      type: object
      required: [title]
      properties:
        title: { type: string }
        detail: { type: string }
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
`;

/** The version before: a kind fewer, and another type of a property. */
export const OLD_EXAMPLE = EXAMPLE.replace("version: 1.1.0", "version: 1.0.0")
  .replace("[cat, dog, parrot]", "[cat, dog]")
  .replace('chip: { type: [string, "null"],', "chip: { type: string,")
  .replace('        - { name: kind, in: query, schema: { $ref: "#/components/schemas/Kind" } }\n', "");

import { Token } from 'aws-cdk-lib';
import { hasToken, NUMBER_TOKEN, TOKEN } from '../facts/tokens';

/** Stands in a pattern for each part of a text that is only known at deployment. */
export const PART = '\uFFFC';

/** A value that is only known at deployment, all of it or in parts. No rule can take it for text. */
export class Unknown {
  /** @param pattern The text with `PART` for what is not known, where something of it is known */
  constructor(public readonly pattern: string = PART) {}
}

export const UNKNOWN = new Unknown();

/** JSON of a template, in which what is only known at deployment is `Unknown`. */
export type Json = string | number | boolean | null | Unknown | readonly Json[] | JsonMap;
export interface JsonMap { readonly [key: string]: Json | undefined }

/** The properties of a resource, by their names in AWS CloudFormation. */
export type Properties = JsonMap;

/**
 * Whether a value is only known at deployment: a token of AWS CDK, or text with a dynamic reference of CloudFormation.
 */
export function isUnresolved(value: unknown): boolean {
  return typeof value === 'string' ? hasToken(value) || value.includes('{{resolve:') : Token.isUnresolved(value);
}

/** A token in a text, and a dynamic reference of CloudFormation. */
const UNRESOLVED_PART = new RegExp(`${TOKEN.source}|${NUMBER_TOKEN.source}|\\{\\{resolve:[^{}]*\\}\\}`, 'g');

/** A value of a construct as rules take it. */
export function jsonOf(value: unknown): Json {
  // Most values are plain text.
  return typeof value === 'string' ? jsonOfText(value) : jsonOfOther(value);
}

function jsonOfText(text: string): Json {
  return isUnresolved(text) ? new Unknown(text.replace(UNRESOLVED_PART, PART)) : text;
}

function jsonOfOther(value: unknown): Json {
  if (value instanceof Unknown) { return value; }
  if (isUnresolved(value)) { return UNKNOWN; }
  if (Array.isArray(value)) { return value.map(jsonOf); }
  if (typeof value === 'object' && value !== null) {
    const map: Record<string, Json> = {};
    for (const [key, it] of Object.entries(value)) {
      if (it !== undefined) { map[key] = jsonOf(it); }
    }
    return map;
  }
  return value as Json;
}

/** The text, if it is known. AWS CloudFormation takes numbers and booleans for text. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') { return value; }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The text, with `PART` in place of what is only known at deployment. */
export function patternOf(value: Json | undefined): string | undefined {
  return value instanceof Unknown ? value.pattern : textOf(value);
}

/** The number, if it is known. AWS CloudFormation takes text of digits for a number. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') { return value; }
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** Whether a flag is set, if that is known. */
export function flagOf(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') { return value; }
  return value === 'true' || value === 'false' ? value === 'true' : undefined;
}

/** The elements of a list that is known. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Whether a list is missing, or known to have nothing in it. */
export function isEmptyList(value: Json | undefined): boolean {
  return !isGiven(value) || (Array.isArray(value) && value.length === 0);
}

/** The map, if it is known that it is one. */
export function mapOf(value: Json | undefined): JsonMap | undefined {
  if (typeof value !== 'object' || value === null) { return undefined; }
  return Array.isArray(value) || value instanceof Unknown ? undefined : value as JsonMap;
}

/** The entries of a map that is known. */
export function entriesOf(value: Json | undefined): [key: string, value: Json][] {
  return Object.entries(mapOf(value) ?? {}).filter((entry): entry is [string, Json] => entry[1] !== undefined);
}

/** Whether a value is given, known or not. */
export function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

/** Text of a user in a message, shortened where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text);
}

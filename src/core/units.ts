/** Instants, durations and money as types of their own; a bare number is never one of them. */
import { z } from 'zod';

/** Milliseconds since 1970-01-01 UTC. */
export const epochMsSchema = z.number().int().nonnegative().brand<'EpochMs'>();
/** A length of time in milliseconds. */
export const durationMsSchema = z.number().int().nonnegative().brand<'DurationMs'>();
/** Money in millionths of a US dollar. */
export const microUsdSchema = z.number().int().nonnegative().brand<'MicroUsd'>();

export type EpochMs = z.infer<typeof epochMsSchema>;
export type DurationMs = z.infer<typeof durationMsSchema>;
export type MicroUsd = z.infer<typeof microUsdSchema>;

export const ms = (n: number): DurationMs => n as DurationMs;
export const seconds = (n: number): DurationMs => (n * 1_000) as DurationMs;
export const minutes = (n: number): DurationMs => (n * 60_000) as DurationMs;

export const addMs = (at: EpochMs, duration: DurationMs): EpochMs => (at + duration) as EpochMs;
export const sinceMs = (from: EpochMs, to: EpochMs): DurationMs => Math.max(0, to - from) as DurationMs;

const UNITS = [
  { name: 'd', milliseconds: 86_400_000 },
  { name: 'h', milliseconds: 3_600_000 },
  { name: 'min', milliseconds: 60_000 },
] as const

/** `3 min ago`. Clocks differ, so what seems to come is now. */
export function agoOf(milliseconds: number): string {
  const unit = UNITS.find((each) => milliseconds >= each.milliseconds)
  if (unit !== undefined) return `${Math.floor(milliseconds / unit.milliseconds)} ${unit.name} ago`
  return `${Math.max(0, Math.floor(milliseconds / 1000))} s ago`
}

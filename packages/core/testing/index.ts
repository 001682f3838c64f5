export { TestClock } from './clock.ts'
export { fc, test as property } from './property.ts'
export { seededRandom } from './random.ts'

export { PROBLEM_CONTENT_TYPE, PROBLEMS } from './problem.ts'
export type { Problem, ProblemCode, ProblemKind } from './problem.ts'

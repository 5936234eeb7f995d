/** Entries behind from which one more of the five courses is missing. */
const STEPS = [10, 50, 250, 1_250] as const;

/** A replica's log as five courses, the missing ones dashed, as on its lighthouse. */
export function Courses({ behind }: { readonly behind: number }) {
  const whole = 5 - STEPS.filter((step) => behind >= step).length;
  return (
    <span class="courses" aria-hidden="true">
      {[0, 1, 2, 3, 4].map((at) => (
        <i key={at} class={at < whole ? "" : "missing"} />
      ))}
    </span>
  );
}

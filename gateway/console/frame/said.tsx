/** What has just been done, or could not be. */
export type Notice = { says: string; bad?: boolean };

export const Said = ({ notice }: { notice?: Notice }) =>
  notice ? (
    <div class={notice.bad ? "notice bad" : "notice good"} role={notice.bad ? "alert" : "status"}>
      <p>{notice.says}</p>
    </div>
  ) : null;

CALLED="https://functiongraph.$REGION.myhuaweicloud.com/v2/$PROJECT_ID/fgs/functions/$URN"

# One call, by its request ID.
curl --fail --silent --show-error --header "X-Auth-Token: $TOKEN" "$CALLED/async-invocations?request_id=$ID"
# What failed, of the last hour; query_begin_time and query_end_time, such as 2027-01-31T16:00:00 in UTC, widen that.
curl --fail --silent --show-error --header "X-Auth-Token: $TOKEN" "$CALLED/async-invocations?status=FAIL"
# Without the log: up to ten calls by their IDs, with commas between them.
curl --fail --silent --show-error --header "X-Auth-Token: $TOKEN" "$CALLED/active-async-invocations?requests=$ID"

curl --fail --silent --show-error --request POST --header "X-Auth-Token: $TOKEN" \
  "https://functiongraph.$REGION.myhuaweicloud.com/v2/$PROJECT_ID/fgs/functions/enable-async-status-logs"

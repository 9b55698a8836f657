# Commands of the runbooks; all of them only read. Source it in bash: . docs/runbooks/shell.sh prod [region]
# Needs the AWS CLI, signed in to the account of the stack, and GNU date: AWS CloudShell has both.
P="tradegraph-${1:?name the stack: dev, staging or prod}"
GRAPH="$P-graph"
export AWS_REGION="${2:-us-east-1}" AWS_PAGER=""

# What is in alarm now, and since when.
alarms() {
  aws cloudwatch describe-alarms --alarm-name-prefix "$P-" --alarm-types MetricAlarm CompositeAlarm --state-value ALARM \
    --query '[MetricAlarms,CompositeAlarms][][].[StateUpdatedTimestamp,AlarmName]' --output text | sort
}

# Tasks of each service: wanted, running, starting, and the revision.
tasks() {
  aws ecs describe-services --cluster "$GRAPH" --services gateway products orders users content \
    --query 'services[].[serviceName,desiredCount,runningCount,pendingCount,taskDefinition]' --output table
}

# events <service>: the newest words of ECS about it.
events() {
  aws ecs describe-services --cluster "$GRAPH" --services "$1" --query 'services[0].events[:10].[createdAt,message]' --output text
}

# stopped <service>: tasks that ended in the last hour, and why.
stopped() {
  local found
  found=$(aws ecs list-tasks --cluster "$GRAPH" --service-name "$1" --desired-status STOPPED --query 'taskArns' --output text)
  [ -z "$found" ] || [ "$found" = None ] && { echo "none in the last hour"; return; }
  # shellcheck disable=SC2086 # several words are several tasks
  aws ecs describe-tasks --cluster "$GRAPH" --tasks $found \
    --query 'tasks[].[stoppedAt,stopCode,stoppedReason,containers[?name!=`"traces"`].exitCode|[0],containers[?name!=`"traces"`].reason|[0]]' --output text
}

# ask <log group> <query of Logs Insights> [minutes]
ask() {
  local now id state=Scheduled
  now=$(date +%s)
  id=$(aws logs start-query --log-group-name "$1" --start-time $((now - 60 * ${3:-30})) --end-time "$now" \
    --query-string "$2" --query queryId --output text) || return
  while [ "$state" = Scheduled ] || [ "$state" = Running ]; do
    sleep 1
    state=$(aws logs get-query-results --query-id "$id" --query status --output text) || return
  done
  aws logs get-query-results --query-id "$id" --query "results[*].[join('  ', [?field!='@ptr'].value)]" --output text
}

# errors <service> [minutes]: what a program logged as an error, by its words.
errors() {
  ask "/ecs/$P/$1" 'filter level in ["error","fatal"] | stats count() as times, max(@timestamp) as latest by msg | sort times desc' "${2:-30}"
}

# warnings <service> [minutes]: the same for warnings.
warnings() {
  ask "/ecs/$P/$1" 'filter level = "warn" | stats count() as times, max(@timestamp) as latest by msg | sort times desc' "${2:-30}"
}

# request <service> <request id> [minutes]: all that was logged about one request.
request() {
  ask "/ecs/$P/$1" "filter requestId = \"$2\" | fields @timestamp, level, msg, @message | sort @timestamp" "${3:-180}"
}

# metric <namespace> <metric> <statistic> [Name=…,Value=…]…: three hours, every five minutes.
metric() {
  local namespace=$1 name=$2 statistic=$3 field=$3 kind=--statistics
  shift 3
  if [[ $statistic == p* ]]; then kind=--extended-statistics field="ExtendedStatistics.$statistic"; fi
  aws cloudwatch get-metric-statistics --namespace "$namespace" --metric-name "$name" "$kind" "$statistic" \
    ${1:+--dimensions "$@"} --start-time "$(date -u -d '-3 hours' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)" \
    --period 300 --query "sort_by(Datapoints,&Timestamp)[].[Timestamp,$field]" --output text
}

# balancer <metric> <statistic>: of the load balancer, such as RequestCount Sum.
balancer() {
  local arn
  arn=$(aws elbv2 describe-load-balancers --names "$P-alb" --query 'LoadBalancers[0].LoadBalancerArn' --output text) || return
  metric AWS/ApplicationELB "$1" "$2" "Name=LoadBalancer,Value=${arn#*:loadbalancer/}"
}

# service <service> <metric> <statistic>: of ECS, such as CPUUtilization Average.
service() { metric AWS/ECS "$2" "$3" "Name=ClusterName,Value=$GRAPH" "Name=ServiceName,Value=$1"; }

# database <metric> <statistic>: of the cluster, such as CPUUtilization Average.
database() { metric AWS/DocDB "$1" "$2" "Name=DBClusterIdentifier,Value=$P"; }

# cache <metric> <statistic>: of each node of the cache, or of the whole where it is serverless.
cache() {
  local node nodes
  nodes=$(aws elasticache describe-cache-clusters --query "CacheClusters[?ReplicationGroupId=='$P'].CacheClusterId" --output text) || return
  if [ -z "$nodes" ] || [ "$nodes" = None ]; then
    metric AWS/ElastiCache "$1" "$2" "Name=clusterId,Value=$P"
    return
  fi
  for node in $nodes; do
    echo "$node"
    metric AWS/ElastiCache "$1" "$2" "Name=CacheClusterId,Value=$node" "Name=CacheNodeId,Value=0001"
  done
}

# edge <metric> <statistic>: of CloudFront, such as 5xxErrorRate Average. Its metrics are in us-east-1 only.
edge() {
  local id
  id=$(aws cloudfront list-distributions --query "DistributionList.Items[?Comment=='$P-edge'].Id" --output text) || return
  AWS_REGION=us-east-1 metric AWS/CloudFront "$1" "$2" "Name=DistributionId,Value=$id" Name=Region,Value=Global
}

# firewall [minutes]: what the firewall did, by rule, and how often.
firewall() {
  AWS_REGION=us-east-1 ask "aws-waf-logs-$P-edge" 'stats count() as times by terminatingRuleId, action | sort times desc' "${1:-30}"
}

# trail <event name>: who did this in the last days, by CloudTrail.
trail() {
  aws cloudtrail lookup-events --lookup-attributes "AttributeKey=EventName,AttributeValue=$1" --max-results 20 \
    --query 'Events[].[EventTime,Username,EventSource,EventName,Resources[0].ResourceName]' --output text
}

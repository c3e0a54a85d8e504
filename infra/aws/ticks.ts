/** Schedules: what runs by the clock, and what becomes of a tick that fails. */
import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Trigger } from '../topology.ts';

/**
 * In UTC: a schedule in a zone leaves out what a clock change skips. A tick is given up before the next one comes, which
 * does all that is overdue; what is given up is parked, and told by an alarm.
 */
export function tickOf(
  stack: Stack,
  id: string,
  { everyMinutes, afterMinutes }: Extract<Trigger, { kind: 'tick' }>,
  target: LambdaFunction,
  role: Role,
  parked: Queue,
): void {
  const maxAge = Duration.minutes(everyMinutes - 1);
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [parked.queueArn] }));
  new EventInvokeConfig(stack, `${id}Failures`, {
    function: target,
    retryAttempts: 1,
    maxEventAge: maxAge,
    onFailure: { bind: () => ({ destination: parked.queueArn }) },
  });
  const scheduler = new Role(stack, `${id}TickRole`, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  });
  scheduler.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }));
  scheduler.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [parked.queueArn] }));
  const schedule = new CfnSchedule(stack, `${id}Tick`, {
    description: `Watchword: ${id} every ${everyMinutes} minutes`,
    scheduleExpression: `cron(${afterMinutes}/${everyMinutes} * * * ? *)`,
    scheduleExpressionTimezone: 'UTC',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: target.functionArn,
      roleArn: scheduler.roleArn,
      input: JSON.stringify({ time: '<aws.scheduler.scheduled-time>' }),
      retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: maxAge.toSeconds() },
      deadLetterConfig: { arn: parked.queueArn },
    },
  });
  schedule.node.addDependency(scheduler);
}

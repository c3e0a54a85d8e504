/**
 * The door of the subscriber's pages: an HTTP API and not a function URL, because a flood is turned away at the door by its
 * throttle, before it costs an invocation, and because its logs are of our own making: no path (it holds the token), no
 * address of a visitor.
 */
import { RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpRoute, HttpRouteKey, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { webPace } from '../topology.ts';

/** Made before the functions, which have to know its address, and before the one that it leads to. */
export function pagesOf(stack: Stack): HttpApi {
  return new HttpApi(stack, 'Pages', { createDefaultStage: false, description: 'Watchword: the subscriber’s pages' });
}

const accessLog = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  status: '$context.status',
  millis: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
};

/** Leads every path to the function, which knows what there is and what there is not. */
export function openPages(stack: Stack, pages: HttpApi, web: LambdaFunction): void {
  const logs = new LogGroup(stack, 'PagesLogs', {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const route = new HttpRoute(stack, 'PagesRoute', {
    httpApi: pages,
    routeKey: HttpRouteKey.DEFAULT,
    integration: new HttpLambdaIntegration('Web', web),
  });
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'Anybody may subscribe; what concerns one person is opened by the signed token in its address',
  });
  new HttpStage(stack, 'PagesStage', {
    httpApi: pages,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: webPace.requestsPerSecond, burstLimit: webPace.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(logs),
      format: AccessLogFormat.custom(JSON.stringify(accessLog)),
    },
  });
}

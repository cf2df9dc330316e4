import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { WebSocketServiceIntegrationOptions } from '../options/websocket-options';
import { keyActionsOf } from '../private/facts/services';
import { judgeOptions, type Finding } from '../private/rules/rule';
import { templateRequired } from '../private/rules/websocket';
import { assertGiven } from '../private/integrations/given';
import {
  contentType, WebSocketServiceIntegrationBase, type WebSocketService,
} from '../private/integrations/websocket-service-integration';

/**
 * What is done with a table.
 */
export enum WebSocketDynamoDbAction {
  /** Writes an item. */
  PUT_ITEM = 'PutItem',
  /** Reads an item. */
  GET_ITEM = 'GetItem',
  /** Changes attributes of an item. */
  UPDATE_ITEM = 'UpdateItem',
  /** Deletes an item. */
  DELETE_ITEM = 'DeleteItem',
  /** Reads the items of a partition. */
  QUERY = 'Query',
}

/**
 * Properties of `WebSocketDynamoDbIntegration`.
 */
export interface WebSocketDynamoDbIntegrationProps extends WebSocketServiceIntegrationOptions {
  /**
   * What is done with the table.
   *
   * @default WebSocketDynamoDbAction.PUT_ITEM
   */
  readonly action?: WebSocketDynamoDbAction;

  /**
   * The index that is queried. The role may then query the index, and not the table.
   *
   * @default - the table is queried
   */
  readonly indexName?: string;
}

/**
 * Reads or writes items of an Amazon DynamoDB table with messages of a WebSocket API, without a function in between.
 *
 * Creates an integration of type `AWS` and, unless `role` is given, a role that may do the one action on the table, and
 * use its key where it has one of its own. `requestTemplates` are required, since only you know the attributes of an
 * item. In a template, write text of the message as `$util.escapeJavaScript($input.body).replaceAll("\\'","'")`:
 * without the second part a message with an apostrophe is lost.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export class WebSocketDynamoDbIntegration extends WebSocketServiceIntegrationBase {
  /**
   * @param id The id of the integration construct
   * @param table The table
   * @param props Options of the integration
   */
  constructor(
    id: string, private readonly table: ITable, private readonly props: WebSocketDynamoDbIntegrationProps = {},
  ) {
    assertGiven(new.target, id, { table, props });
    super(id, props);
  }

  /** @internal */
  protected override _service(): WebSocketService {
    const { tableArn, encryptionKey, env } = this.table;
    const { action = WebSocketDynamoDbAction.PUT_ITEM, indexName } = this.props;
    const resource = indexName === undefined ? tableArn : `${tableArn}/index/${indexName}`;
    return {
      uri: ['dynamodb', 'action', action],
      region: env.region,
      statements: [new PolicyStatement({ actions: [`dynamodb:${action}`], resources: [resource] })],
      key: { key: encryptionKey, actions: keyActionsOf('dynamodb', action) },
      requestParameters: contentType('application/x-amz-json-1.0'),
    };
  }

  /** @internal */
  protected override _optionFindings(): readonly Finding[] {
    return judgeOptions({ given: this.props.requestTemplates !== undefined }, templateRequired);
  }
}
